"""The view: a projection as one HTML file that opens anywhere, offline.

`page` is the whole of it. Python decides what is shown and where (`layout`, `palette`, `network`,
`payload`); the scripts beside these modules show it, one noun each, in the order that `page` lists.
"""

from __future__ import annotations

from kg.view.page import page, summary

__all__ = ["page", "summary"]
