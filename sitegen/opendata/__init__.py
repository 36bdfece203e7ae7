"""The archive as data for other programs: tables, and what is made of them under `/data/`. Pure: rows in, bytes out.

`tables` says which tables and columns there are, and is what every schema, description and file follows from; `rows` fills them from what
readers may see, and from nothing else.
"""
