"""Staff: accounts and posts, their rights as queries, binding, duty, and the door to their page."""
