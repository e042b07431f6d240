"""From the tree to printed pages on a grid of cells. `paginate.paginate` is the way in; docs/pages.md has the rules."""
