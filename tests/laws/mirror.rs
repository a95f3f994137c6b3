//! A comparison read backwards is its mirror.
