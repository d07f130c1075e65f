"""Invented people and cases, made through the verbs people use: a demonstration, and checks from outside."""
