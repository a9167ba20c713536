"""What a chart decides before it draws: each decision with hand-made rows, without the data that ship."""
