"""What people can do, one function one transaction: a folder for each story, and here what all of them stand on."""
