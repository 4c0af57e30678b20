// What `colima` alone shows (cobra's usage of cmd/root/root.go), as far as the verbs are simulated.

export const colimaHelp = `Colima provides container runtimes on macOS with minimal setup.

Usage:
  colima [command]

Available Commands:
  delete      delete and teardown Colima
  help        Help about any command
  list        list instances
  restart     restart Colima
  ssh         SSH into the VM
  start       start Colima
  status      show the status of Colima
  stop        stop Colima
  version     print the version of Colima

Flags:
  -h, --help             help for colima
  -p, --profile string   profile name, for multiple instances (default "default")
      --verbose          enable verbose log

Use "colima [command] --help" for more information about a command.`
