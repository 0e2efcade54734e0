"""From the words, numbers and markup of feeds to values of ours. Nothing here knows which source it reads."""
