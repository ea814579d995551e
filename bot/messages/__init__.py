"""What is heard and what is said, without any platform's accent: messages, forms, buttons, effects, and every sentence."""
