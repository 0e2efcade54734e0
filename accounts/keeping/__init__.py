"""What people keep, beyond saving it: labels, finding, comparing, their skills."""
