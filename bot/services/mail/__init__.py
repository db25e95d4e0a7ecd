"""What arrived and what we say: durable before it is acknowledged, durable before it is sent."""
