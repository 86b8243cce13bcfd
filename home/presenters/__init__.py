"""Pages as their templates show them."""
