"""What the site is compared with. Each gets the same request in the same process."""
