"""What the commands print: results, lists, findings, explanations, as lines for people or JSON."""
