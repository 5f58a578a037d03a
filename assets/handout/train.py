"""Is this picture a cat? Logistic regression in NumPy, from zero, by gradient descent.

Notation, Andrew Ng's: X (n_x, m) one picture a column, Y (1, m) labels, 1 = cat; w (n_x, 1), b; Z, A (1, m).
"""

from pathlib import Path

import numpy as np

LEARNING_RATE = 0.005
NUM_ITERATIONS = 2000
HERE = Path(__file__).parent


def columns(pictures):
    """Pictures (m, 64, 64, 3) as X (n_x, m), each number from 0 to 1."""
    return pictures.reshape(len(pictures), 12288).T / 255


def sigmoid(Z):
    e = np.exp(-np.abs(Z))  # of nothing above 0, so that nothing overflows
    return np.where(Z >= 0, 1, e) / (1 + e)


def cost(Z, Y):
    """J, the mean of -y log(a) - (1 - y) log(1 - a), written with z so that a = 0 and a = 1 do no harm."""
    return np.mean(np.logaddexp(0, Z) - Z * Y)


def accuracy(w, b, X, Y):
    return np.mean((w.T @ X + b > 0) == (Y > 0))  # a > 0.5 where z > 0


def train(X, Y):
    """w and b after all iterations; prints the cost on the way."""
    n_x, m = X.shape
    w, b = np.zeros((n_x, 1)), 0.0
    for step in range(NUM_ITERATIONS + 1):
        Z = w.T @ X + b
        if step % 100 == 0 or step == NUM_ITERATIONS:
            print(f"step {step}: J = {cost(Z, Y):.8f}", flush=True)
        if step < NUM_ITERATIONS:
            dZ = sigmoid(Z) - Y
            dw = X @ dZ.T / m
            db = np.mean(dZ)
            w = w - LEARNING_RATE * dw
            b = b - LEARNING_RATE * db
    return w, b


with np.load(HERE / "pictures.npz") as file:
    X, Y = columns(file["pictures"]), file["labels"][None]
    X_held_out, Y_held_out = columns(file["held_out_pictures"]), file["held_out_labels"][None]

print(f"{Y.size} pictures, learning rate {LEARNING_RATE}, {NUM_ITERATIONS} iterations")
w, b = train(X, Y)
print(f"training: {accuracy(w, b, X, Y):.2%} right of {Y.size}")
if Y_held_out.size:
    print(f"held out: {accuracy(w, b, X_held_out, Y_held_out):.2%} right of {Y_held_out.size}")

# The app takes this file back, so that pictures can be tried on it.
np.savez(
    HERE / "weights.npz",
    w=w,
    b=b,
    learning_rate=LEARNING_RATE,
    num_iterations=NUM_ITERATIONS,
    trained_on=f"{Y.size} pictures, by train.py",
)
