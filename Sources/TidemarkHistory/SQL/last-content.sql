SELECT max(id)
FROM log_content
