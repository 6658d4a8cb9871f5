"""What pages show: one function per page, with everything that it shows loaded."""
