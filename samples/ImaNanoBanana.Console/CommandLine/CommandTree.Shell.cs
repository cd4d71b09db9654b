using System.CommandLine;
using ImaNanoBanana.Cli.Commands;
using ImaNanoBanana.Cli.Output;

namespace ImaNanoBanana.Cli.CommandLine;

/// <summary>Defines the commands about the program itself.</summary>
internal static partial class CommandTree
{
    private static void AddShell(RootCommand root, Wording say, CliRunner run)
    {
        var topic = new Argument<string?>("COMMAND")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = say["a command; without it, all commands", "命令；省略时显示所有命令"],
        };
        topic.CompletionSources.Add(_ => root.Subcommands.Where(command => !command.Hidden).Select(
            command => new System.CommandLine.Completions.CompletionItem(command.Name, detail: command.Description)));
        var help = new Command("help", say["show the help of a command", "显示命令的帮助"]) { topic };
        help.SetAction((parsed, token) => run(new HelpCommand(root, topic).RunAsync, parsed, token));
        root.Add(help);

        var version = new Command("version", say["show the program version", "显示程序版本"]);
        version.SetAction((parsed, token) => run(new VersionCommand(root).RunAsync, parsed, token));
        root.Add(version);

        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish, powershell" };
        shell.AcceptOnlyFromAmong(
            CompletionScripts.Bash, CompletionScripts.Zsh, CompletionScripts.Fish, CompletionScripts.PowerShell);
        var completion = new Command("completion", say["print the script for completion in a shell", "输出 Shell 自动补全脚本"]) { shell };
        completion.SetAction((parsed, token) => run(new CompletionCommand(shell).RunAsync, parsed, token));
        root.Add(completion);

        var line = new Argument<string>("LINE");
        var complete = new Command("complete") { line };
        complete.Hidden = true;
        complete.SetAction((parsed, token) => run(new CompleteCommand(root, line).RunAsync, parsed, token));
        root.Add(complete);
    }
}
