"""The licence under which authors publish their texts here (rule 18)."""

NAME = "CC BY-SA 4.0"
ADDRESS = "https://creativecommons.org/licenses/by-sa/4.0/"
