;; The clock of zxcvbn where there is no JavaScript, linked in by the build script of the components that judge
;; passwords. It stands still, at the beginning of 2026: the time tells zxcvbn how far away a year in a password is,
;; and all of less than twenty years' distance are the same to it.
(module
  (func (export "unix_time_milliseconds_imported") (result i64)
    (i64.const 1767225600000)))
