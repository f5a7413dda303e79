-- What the index was derived by.
SELECT version
FROM index_derivation
