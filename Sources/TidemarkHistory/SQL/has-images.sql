-- Whether an environment's descriptions ever named an image.
SELECT EXISTS (SELECT 1 FROM image_tag WHERE vantage = :vantage AND environment = :environment)
