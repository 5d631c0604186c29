/** Shells that `diffusion completion` knows. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

/**
 * What a shell has to read for Tab to complete the command. Each asks `diffusion complete` what can stand there, so that it
 * never falls behind the command that is installed: the first line of the answer says what of the file system may stand
 * there as well, every other one is a word, a tab and what it does.
 */
export const completionScripts: Readonly<Record<Shell, string>> = {
  bash: `# Completion of diffusion for bash: put it into ~/.bashrc, or into a file that bash-completion reads.
_diffusion() {
  local cur=\${COMP_WORDS[COMP_CWORD]} also='' line
  [ "$cur" = = ] && cur=
  COMPREPLY=()
  while IFS= read -r line; do
    if [ -z "$also" ]; then also=$line; else COMPREPLY+=("\${line%%$'\\t'*}"); fi
  done < <(diffusion complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  case $also in
    :files | :folders)
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do COMPREPLY+=("$line"); done \\
        < <(if [ "$also" = :files ]; then compgen -f -- "$cur"; else compgen -d -- "$cur"; fi)
      ;;
  esac
}
complete -F _diffusion diffusion
`,
  zsh: `#compdef diffusion
# Completion of diffusion for zsh: put it as _diffusion into a folder of $fpath, or into ~/.zshrc behind compinit.
_diffusion() {
  local also line word
  local -a lines items
  lines=("\${(@f)$(diffusion complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  also=$lines[1]
  for line in "\${(@)lines[2,-1]}"; do
    word=\${line%%$'\\t'*}
    items+=("\${word//:/\\\\:}:\${line#*$'\\t'}")
  done
  (( \${#items} )) && _describe diffusion items
  case $also in
    :files) _files ;;
    :folders) _files -/ ;;
  esac
}
if [ "$funcstack[1]" = _diffusion ]; then _diffusion "$@"; else compdef _diffusion diffusion; fi
`,
  fish: `# Completion of diffusion for fish: put it into ~/.config/fish/completions/diffusion.fish.
function __diffusion_complete
  set -l words (commandline -opc)
  set -l cur (commandline -ct)
  set -l lines (diffusion complete -- $words[2..-1] "$cur" 2>/dev/null)
  switch "$lines[1]"
    case :files
      __fish_complete_path "$cur"
    case :folders
      __fish_complete_directories "$cur"
  end
  printf '%s\\n' $lines[2..-1]
end
complete -c diffusion -f -a '(__diffusion_complete)'
`,
};
