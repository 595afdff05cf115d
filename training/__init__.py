"""From annotated text to the weights in the package; never imported by the package."""
