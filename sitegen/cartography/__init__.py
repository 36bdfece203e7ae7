"""Maps as they are drawn while the site is built: the base map, the sheets that are cut from it, and where labels stand.

A *sheet* is a piece of the earth as it lies on a page. Sheets lie on a grid, so that places near one another share one, and what it shows
of land and water is drawn once a process. Lengths on a sheet are halves of a pixel, so that whole numbers are fine enough.
"""
