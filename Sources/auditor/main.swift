print("auditor")
