INSERT INTO coverage (environment, seq, gap, service, operation, parameters, outcome, code)
VALUES (:environment, :seq, :gap, :service, :operation, :parameters, :outcome, :code)
