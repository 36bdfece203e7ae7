"""The words of the program: frozen types that every other floor speaks in. Imports nothing of ours."""
