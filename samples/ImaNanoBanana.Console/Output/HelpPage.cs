using System.CommandLine;
using ImaNanoBanana.Cli.CommandLine;
using Spectre.Console;

namespace ImaNanoBanana.Cli.Output;

/// <summary>Writes the help of a command in either language, as wide as the terminal.</summary>
internal static class HelpPage
{
    private const int Indent = 2;
    private const int Gap = 2;

    /// <summary>The indent of texts on a terminal that is too narrow for two columns.</summary>
    private const int NarrowIndent = 6;

    /// <summary>Texts in a narrower column are hard to read.</summary>
    private const int LeastTextCells = 30;

    public static void Write(Command command, Wording say, CliHost host)
    {
        var names = new Stack<string>();
        for (Symbol? symbol = command; symbol is Command part; symbol = part.Parents.FirstOrDefault())
        {
            names.Push(part is RootCommand ? "ima" : part.Name);
        }

        Wrapped(Sentence(command.Description ?? "", say), 0, host);
        host.Out.WriteLine();
        host.Out.WriteLine(say["Usage:", "用法："]);
        var usage = string.Join(' ', [.. names, .. command.Arguments.Select(Usage)]);
        if (command is RootCommand)
        {
            Wrapped($"{usage} {say["COMMAND [options]", "命令 [选项]"]}", Indent, host);
        }

        Wrapped($"{usage} {say["[options]", "[选项]"]}", Indent, host);
        Commands(say["Examples:", "示例："], Examples.Of(command, say), host);
        Section(
            say["Commands:", "命令："],
            command.Subcommands.Where(sub => !sub.Hidden).Select(sub => (Signature(sub), sub.Description ?? "")),
            host);
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

    /// <summary>Descriptions are phrases in lists of commands, and a sentence at the top.</summary>
    private static string Sentence(string text, Wording say) => text.Length == 0 || text[^1] is '.' or '。'
        ? text
        : char.ToUpperInvariant(text[0]) + text[1..] + say[".", "。"];

    /// <summary>Lines to copy are not broken.</summary>
    private static void Commands(string title, IReadOnlyList<string> lines, CliHost host)
    {
        if (lines.Count == 0)
        {
            return;
        }

        host.Out.WriteLine();
        host.Out.WriteLine(title);
        foreach (var line in lines)
        {
            host.Out.WriteLine(new string(' ', Indent) + line);
        }
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
        var isNarrow = host.Width - 1 - column < LeastTextCells;
        foreach (var (name, text) in list)
        {
            var indent = isNarrow ? NarrowIndent : column;
            var lines = Cells.Wrap(text, host.Width - 1 - indent).ToList();
            if (isNarrow)
            {
                Wrapped(name, Indent, host);
            }
            else
            {
                host.Out.WriteLine((Cells.Pad(new string(' ', Indent) + name, column) + lines[0]).TrimEnd());
                lines.RemoveAt(0);
            }

            foreach (var line in lines)
            {
                host.Out.WriteLine(new string(' ', indent) + line);
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
