# Read by the zsh that capture.zsh starts: says each candidate as it is added.
# SPDX-License-Identifier: Apache-2.0
PS1= PS2=
autoload -Uz compinit
compinit -u -D
source $TREX_COMPLETION
bindkey '^I' complete-word
setopt no_beep
say_done() { print; print DONE }
comppostfuncs=(say_done)
compadd() {
  # With -O, -A or -D it only fills arrays.
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
    builtin compadd "$@"
    return
  fi
  typeset -a hits
  builtin compadd -A hits "$@"
  print
  print -rl -- HIT:$^hits
  builtin compadd "$@"
}
