"""Reading the files that officers keep: score tables and response sheets, CSV and XLSX."""
