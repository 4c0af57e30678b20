// First words that make a line without a prompt a command. It does not know what the commands do.

const commands = `
apk apt apt-get arp arping awk base64 basename bash brctl cat cd chmod chown clear cmp colima compose conntrack
cp crictl ctr curl cut date dd df diff dig dirname dmesg dnf docker docker-compose docker-machine dpkg du echo
egrep env ethtool exit export false fg file find firewall-cmd free getent git grep groupadd gzip head history
hostname hostnamectl htop httpd id ifconfig ip ip6tables iperf iperf3 ipcalc iptables iptables-save iw jobs journalctl
jq kill killall kubectl last less lima limactl ln logout ls lsb_release lsmod lsns lsof make man md5sum minikube mkdir
modprobe more mount mtr multipass mv nc ncat netstat networkctl newgrp nft nginx nmap nohup npm nsenter nslookup
openssl passwd pgrep ping ping6 pip pip3 pkill podman printenv printf ps psql pwd python python3 read
readlink redis-cli resolvectl rm rmdir route rpm rsync scp screen sed seq service set sh sha256sum shutdown sleep
socat sort source ss ssh ssh-keygen stat strace su sudo sysctl systemctl systemd-resolve tail tar tcpdump tee telnet
timeout tmux top touch tr traceroute tracepath tracert true ufw umount uname uniq unshare unset unzip uptime
useradd usermod vagrant vi vim virsh wait watch wc wget whereis which whoami xargs yum zip
`
const known = new Set(commands.trim().split(/\s+/))
const keywords = new Set(['for', 'while', 'until', 'if', 'case', 'function', '[', '[[', '{', '('])

/** The first word of a line behind assignments: `A=1 sudo docker ps` begins with `sudo`. */
export function firstWord(line: string): string {
  return (
    /^\s*(?:[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|\$\([^)]*\)|\$(?!\()|[^\s"'$])*\s+)*([^\s;|&]+)/.exec(
      line,
    )?.[1] ?? ''
  )
}

/** Whether `line`, which has no prompt, reads as a command that someone typed. */
export function looksTyped(line: string): boolean {
  const word = firstWord(line)
  if (known.has(word)) return !isSentence(line, word)
  if (keywords.has(word)) return /;|\bdo\b|\bthen\b|\bin\b|\]/.test(line) || word.length > 1
  if (/^[A-Za-z_]\w*=/.test(line.trimStart())) return /^\s*[A-Za-z_]\w*=\S*(?:$|\s*[$("'])/.test(line)
  return /^(?:\.{0,2}\/)[\w./-]+$/.test(word) && !/^\s*\/\S* *$/.test(line)
}

// "date of the run", "find the address", "wait until it is up": comments may begin with a command's name.
function isSentence(line: string, word: string): boolean {
  if (word === 'docker' || word === 'sudo' || word === 'echo') return false
  return /^\s*\S+ (?:of|the|a|an|is|are|until|for|to|with|from|that|this|your|it|and|or|whether)\s/.test(line)
}

const shells = /^(?:\S*\/)?(?:ba|da|a|z)?sh$/

/** Whether a command line opens a shell into which the next lines go: a container's, another user's, another machine's. */
export function opensShell(cmd: string): boolean {
  const words = cmd.trim().split(/\s+/)
  while (words[0] === 'sudo' && words.length > 1) words.shift()
  const [program, verb, second] = words
  if (program === 'su' || program === 'bash' || program === 'sh')
    return words.length === 1 || program === 'su'
  if (program === 'ssh') return words.filter((word) => !word.startsWith('-')).length === 2
  if (program === 'colima' || program === 'multipass' || program === 'vagrant' || program === 'limactl')
    return verb === 'ssh' || verb === 'shell'
  if (program !== 'docker') return false
  const action = verb === 'container' ? second : verb
  if (action === 'attach') return true
  if (action !== 'run' && action !== 'exec') return false
  const short = words.filter((word) => /^-[a-z]+$/.test(word)).join('')
  const interactive = short.includes('i') || words.includes('--interactive')
  const tty = short.includes('t') || words.includes('--tty')
  const detached = short.includes('d') || words.includes('--detach')
  if (!interactive || !tty || detached) return false
  return shells.test(words.at(-1) ?? '') || (action === 'run' && endsWithImage(words))
}

const takesValue =
  /^(?:-[pvewuhlma]|--(?:name|net|network|network-alias|ip|publish|volume|env|env-file|workdir|user|hostname|label|link|dns|mount|add-host|cap-add|entrypoint|memory|cpus|restart|mac-address|platform|pull))$/

/** `docker run` with no command behind the image: the image's own runs, in `-it` texts mostly a shell. */
function endsWithImage(words: readonly string[]): boolean {
  let index = words.indexOf('run') + 1
  while (words[index]?.startsWith('-')) index += takesValue.test(words[index] ?? '') ? 2 : 1
  return index === words.length - 1
}
