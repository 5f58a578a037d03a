"""What can be taken along: the talk as one file, without a server and without the network."""
