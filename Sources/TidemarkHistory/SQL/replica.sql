SELECT address
FROM replica
