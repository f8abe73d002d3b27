public import AuditCore
