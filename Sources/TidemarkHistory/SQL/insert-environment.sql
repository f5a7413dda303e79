INSERT INTO log_environment (name)
VALUES (:name)
