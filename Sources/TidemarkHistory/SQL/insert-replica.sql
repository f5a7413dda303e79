INSERT INTO replica (address)
VALUES (:address)
