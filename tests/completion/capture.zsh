# usage: zsh -f capture.zsh SETUP LINE: what an interactive zsh offers at the end of LINE, one a line
# SPDX-License-Identifier: Apache-2.0
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "source ${(q)1}; print READY"
while zpty -r z line; do [[ $line == READY* ]] && break; done
zpty -n -w z "$2"$'\t'
while zpty -r z line; do
  line=${${line%$'\n'}%$'\r'}
  [[ $line == *DONE* ]] && break
  [[ $line == *HIT:* ]] && print -r -- ${line#*HIT:}
done
zpty -d z
