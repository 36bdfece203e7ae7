"""Tests show behaviour: whole archives in a string, golden pairs, properties, counts of renders, real tools."""
