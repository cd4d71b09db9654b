using System.CommandLine;
using Spectre.Console;

namespace ImaNanoBanana.Cli.Output;

/// <summary>Writes the help of a command in either language, as wide as the terminal.</summary>
internal static class HelpPage
{
    private const int Indent = 2;
    private const int Gap = 2;

    public static void Write(Command command, Wording say, CliHost host)
    {
        var names = new Stack<string>();
        for (Symbol? symbol = command; symbol is Command part; symbol = part.Parents.FirstOrDefault())
        {
            names.Push(part is RootCommand ? "ima" : part.Name);
        }

        Wrapped(command.Description ?? "", 0, host);
        host.Out.WriteLine();
        host.Out.WriteLine(say["Usage:", "用法："]);
        var usage = string.Join(' ', [.. names, .. command.Arguments.Select(Usage)]);
        if (command.Subcommands.Count > 0)
        {
            host.Out.WriteLine($"  {usage} {say["COMMAND [options]", "命令 [选项]"]}");
        }

        host.Out.WriteLine($"  {usage} {say["[options]", "[选项]"]}");
        Section(say["Commands:", "命令："], command.Subcommands.Select(sub => (Signature(sub), sub.Description ?? "")), host);
        Section(
            say["Arguments:", "参数："],
            command.Arguments.Select(argument => (argument.HelpName ?? argument.Name, argument.Description ?? "")),
            host);
        var own = command.Options.Where(option => !option.Recursive && !option.Hidden).ToList();
        var shared = command.Parents.OfType<Command>().Append(command).SelectMany(owner => owner.Options).Where(
            option => option.Recursive && !option.Hidden).Distinct();
        Section(
            command is RootCommand ? say["Options without a command:", "不指定命令时的选项："] : say["Options:", "选项："],
            own.Select(option => (Signature(option), option.Description ?? "")),
            host);
        Section(say["Options for all commands:", "所有命令的选项："], shared.Select(option => (Signature(option), option.Description ?? "")), host);
    }

    private static void Section(string title, IEnumerable<(string Name, string Text)> rows, CliHost host)
    {
        var list = rows.ToList();
        if (list.Count == 0)
        {
            return;
        }

        host.Out.WriteLine();
        host.Out.WriteLine(title);
        var column = list.Max(row => row.Name.GetCellWidth()) + Indent + Gap;
        foreach (var (name, text) in list)
        {
            var lines = Cells.Wrap(text, Math.Max(20, host.Width - 1 - column)).ToList();
            host.Out.WriteLine((Cells.Pad(new string(' ', Indent) + name, column) + lines[0]).TrimEnd());
            foreach (var line in lines.Skip(1))
            {
                host.Out.WriteLine(new string(' ', column) + line);
            }
        }
    }

    private static string Usage(Argument argument)
    {
        var name = argument.HelpName ?? argument.Name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static string Signature(Command command) => string.Join(' ', [command.Name, .. command.Arguments.Select(Usage)]);

    private static string Signature(Option option)
    {
        var names = string.Join(
            ", ", option.Aliases.Append(option.Name).OrderBy(name => name.Length).Where(name => name is not ("/h" or "/?" or "-?")));
        return option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) ? names : $"{names} {option.HelpName ?? "TEXT"}";
    }

    private static void Wrapped(string text, int indent, CliHost host)
    {
        foreach (var line in text.Split('\n').SelectMany(part => Cells.Wrap(part, host.Width - 1 - indent)))
        {
            host.Out.WriteLine(new string(' ', indent) + line);
        }
    }
}
