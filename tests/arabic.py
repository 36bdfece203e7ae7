"""A small archive in Arabic, which is fiction: what is written from right to left."""

SITE = """-- sitegen.yaml --
title: أرشيف النهر
base_url: https://example.org/
lang: ar
theme: default
-- content/articles/flood.md --
---
title: "الفيضان في مدينة مارن"
date: 1911-07-03
origin: {publisher: "جريدة العبّارة"}
sources: [{id: r, source: board, document: {title: "تقرير", date: 1911-07-02}}]
claims:
- {quote: "ارتفع منسوب النهر", source: article, claim: rise}
- {quote: "فقدت المدينة 10 عربات", source: r, claim: carts, figures: [{value: 10, unit: "عربات"}]}
annotations:
- {quote: "منسوب النهر", kind: context, note: "لا يذكر النص أين قيس المنسوب."}
- {quote: "10 عربات", kind: question, note: "من أحصاها؟ النص لا يقول ذلك."}
---
ارتفع منسوب النهر في مارن يوم الاثنين، وخرج الناس إلى الضفتين ينظرون إلى الماء وهو يعلو.

وقال مجلس النهر إن الفيضان كان عنيفًا وقد فقدت المدينة 10 عربات في ليلة واحدة.

## ما بعد الماء

عاد الناس إلى بيوتهم في المساء.
-- content/places/marn.md --
---
name: "مارن"
kind: city
---
-- content/sources/board.md --
---
name: "مجلس النهر"
kind: government
---
-- content/claims/carts.md --
---
title: "العربات المفقودة"
kind: quantity
---
-- content/claims/rise.md --
---
title: "ارتفاع المنسوب"
kind: event
---
"""
