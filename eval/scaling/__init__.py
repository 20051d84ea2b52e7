"""Large libraries made of real provisions varied, and how long stores take with them. Nothing that a store needs to
work lives here, and no figure is written down without the command that made it."""
