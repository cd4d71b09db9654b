namespace ImaNanoBanana.Cli.CommandLine;

/// <summary>
/// Provides the scripts that connect the completion of a shell to <c>ima complete</c>, which prints a suggestion and its description on
/// each line, separated by a tab.
/// </summary>
internal static class CompletionScripts
{
    public const string Bash = "bash";
    public const string Zsh = "zsh";
    public const string Fish = "fish";
    public const string PowerShell = "powershell";

    public static string[] Installations =>
    [
        "eval \"$(ima completion bash)\"      # ~/.bashrc",
        "eval \"$(ima completion zsh)\"       # ~/.zshrc",
        "ima completion fish | source       # ~/.config/fish/config.fish",
        "ima completion powershell | Out-String | Invoke-Expression   # $PROFILE",
    ];

    public static string Of(string shell) => shell switch
    {
        Bash => """
            _ima() {
              local IFS=$'\n'
              COMPREPLY=($(ima complete "${COMP_LINE:0:$COMP_POINT}" 2>/dev/null | cut -f 1))
            }
            complete -o default -F _ima ima
            """,
        Zsh => """
            _ima() {
              local line name text
              local -a suggestions
              for line in ${(f)"$(ima complete "${words[1,CURRENT]}" 2>/dev/null)"}; do
                name=${line%%$'\t'*}
                text=${line#*$'\t'}
                suggestions+=("${name//:/\\:}:$text")
              done
              if (( ${#suggestions} )); then
                _describe ima suggestions
              else
                _files
              fi
            }
            (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
            compdef _ima ima
            """,
        Fish => """
            complete -c ima -a '(ima complete (commandline -cp) 2>/dev/null)'
            """,
        _ => """
            Register-ArgumentCompleter -Native -CommandName ima -ScriptBlock {
              param($word, $tree, $position)
              $line = $tree.ToString()
              if ($position -gt $line.Length) { $line = $line.PadRight($position) } else { $line = $line.Substring(0, $position) }
              ima complete $line.Replace('"', '\"') | ForEach-Object {
                $name, $text = $_ -split "`t", 2
                [System.Management.Automation.CompletionResult]::new($name, $name, 'ParameterValue', $(if ($text) { $text } else { $name }))
              }
            }
            """,
    };
}
