//! Cisterna
