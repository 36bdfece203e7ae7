// Ukrainian words without the endings of their cases (`sitegen.finding.terms`). Made by tools/stemmers.py.
const endings = ["ами", "еві", "ими", "ові", "ого", "ому", "ями", "єві", "іми", "ам", "ах", "ем", "ею", "ии", "им", "их", "ом", "ою", "оі", "ям", "ях", "єм", "єю", "ів", "іи", "ію", "ія", "іі", "а", "е", "и", "о", "у", "ь", "ю", "я", "є", "і"];
export const stem = (word) => {
  const ending = endings.find((one) => word.endsWith(one) && [...word].length - [...one].length >= 3);
  return ending ? word.slice(0, -ending.length) : word;
};
