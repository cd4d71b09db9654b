using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;
using ImaNanoBanana.DependencyInjection;

namespace ImaNanoBanana.Cli.CommandLine;

/// <summary>
/// Describes the errors of a command line in the user's language, with the nearest command, option or value. Pure.
/// </summary>
internal static class UsageErrors
{
    /// <summary>Names up to this length are close to any other short text. They are suggested only if the first letter is right.</summary>
    private const int ShortName = 4;

    /// <returns>The errors; empty if the command can run.</returns>
    public static IReadOnlyList<string> Find(ParseResult parsed, Wording say)
    {
        var swallowed = Swallowed(parsed, say).ToList();
        if (swallowed.Count > 0)
        {
            return swallowed;
        }

        // Unknown words cause other errors, such as an option without a value.
        return parsed.UnmatchedTokens.Count > 0
            ? [Unmatched(parsed, say)]
            : [.. parsed.Errors.Select(error => Text(error, say)).Distinct()];
    }

    /// <returns>The last line: the help that lists what is accepted.</returns>
    public static string HelpLine(Command command, Wording say)
    {
        var help = command is RootCommand ? "ima --help" : $"ima {command.Name} --help";
        return command is RootCommand
            ? say[$"Run `{help}` to list commands and options.", $"运行 `{help}` 可查看命令和选项。"]
            : say[$"Run `{help}` to list its options.", $"运行 `{help}` 可查看该命令的选项。"];
    }

    public static string UnknownCommand(string name, Command root, Wording say) => say[$"'{name}' is not a command.", $"没有命令“{name}”。"]
        + Meant(NearestCommand(name, root), say);

    public static string UnknownOption(string name, Command command, Wording say) =>
        say[$"Unknown option {name}.", $"此处不支持选项 {name}。"] + Meant(Nearest(name.Split('=')[0], OptionNames(command)), say);

    /// <summary>
    /// Finds options that were read as values. The parser accepts any text as a value, even the next option, so a request would lose both.
    /// </summary>
    private static IEnumerable<string> Swallowed(ParseResult parsed, Wording say) =>
        from option in OptionsOf(parsed)
        where !option.Option.AllowMultipleArgumentsPerToken
        from token in option.Tokens
        where IsOption(token.Value)
        select say[$"{Name(option)} requires a value, but {token.Value} follows it.", $"{Name(option)} 缺少值，其后是 {token.Value}。"];

    private static bool IsOption(string value) => value.StartsWith("--", StringComparison.Ordinal) && !value.Any(char.IsWhiteSpace);

    private static IEnumerable<OptionResult> OptionsOf(ParseResult parsed)
    {
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult command; result = command.Parent)
        {
            foreach (var option in command.Children.OfType<OptionResult>())
            {
                yield return option;
            }
        }
    }

    private static string Unmatched(ParseResult parsed, Wording say)
    {
        var (command, words) = (parsed.CommandResult.Command, parsed.UnmatchedTokens);
        if (words.FirstOrDefault(word => word.StartsWith('-')) is { } option)
        {
            return UnknownOption(option, command, say);
        }

        if (command is not RootCommand)
        {
            return say[
                $"'{words[0]}' is one argument too many. Put text with spaces in quotation marks.", $"“{words[0]}”是多余的参数。含空格的文本请加引号。"];
        }

        // A mistyped command is more likely than a prompt that begins with a similar word.
        return NearestCommand(words[0], command) is null && PromptWithoutCommand.Find(words, say) is { } prompt
            ? prompt
            : UnknownCommand(words[0], command, say);
    }

    private static string Text(ParseError error, Wording say) => error.SymbolResult switch
    {
        CommandResult command when command.Command.Arguments.FirstOrDefault(
            argument => argument.Arity.MinimumNumberOfValues > 0) is { } argument
            && error.Message.StartsWith("Required argument missing", StringComparison.Ordinal) => Missing(argument.Name, say),
        ArgumentResult { Tokens.Count: 0 } argument => Missing(argument.Argument.Name, say),
        ArgumentResult argument when IsOfTheParser(error) =>
            Invalid(argument.Tokens[^1].Value, argument.Argument.Name, argument.Argument.Description, argument.Argument, say),
        OptionResult { Option: VersionOption } => say["--version cannot be combined with other arguments.", "--version 不能与其他参数一起使用。"],
        OptionResult { Tokens.Count: 0 } option when option.Option.Arity.MinimumNumberOfValues > 0 =>
            say[$"{Name(option)} requires a value.", $"{Name(option)} 缺少值。"],
        OptionResult option when IsOfTheParser(error) =>
            Invalid(
                option.Tokens[^1].Value,
                $"{Name(option)} {option.Option.HelpName}".TrimEnd(),
                option.Option.Description,
                option.Option,
                say),
        OptionResult { Tokens.Count: > 1 } option when option.Option.Arity.MaximumNumberOfValues == 1 =>
            say[$"{Name(option)} can be given only once.", $"{Name(option)} 只能指定一次。"],
        _ => error.Message,
    };

    /// <summary>Whether the parser could not convert a value, or does not find it in a list. Its texts are in English.</summary>
    private static bool IsOfTheParser(ParseError error) => error.Message.StartsWith("Cannot parse argument", StringComparison.Ordinal)
        || error.Message.StartsWith("Argument '", StringComparison.Ordinal);

    private static string Invalid(string value, string name, string? description, Symbol symbol, Wording say) =>
        say[$"'{value}' is not valid for {name} ({description}).", $"“{value}”不是 {name} 的有效值（{description}）。"]
            + Meant(Nearest(value, symbol.GetCompletions(CompletionContext.Empty).Select(item => item.Label)), say);

    private static IEnumerable<string> OptionNames(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options).Where(option => option.Recursive))
            .Where(option => !option.Hidden).SelectMany(option => option.Aliases.Append(option.Name))
            .Where(name => name.StartsWith("--", StringComparison.Ordinal));

    private static string? NearestCommand(string name, Command root) =>
        Nearest(name, root.Subcommands.Where(command => !command.Hidden).Select(command => command.Name));

    private static string? Nearest(string text, IEnumerable<string> names)
    {
        var known = names.Where(name => name.Length > ShortName || name[0] == text.FirstOrDefault()).ToList();
        return known.Count > 0 ? NearestName.Find(text, known) : null;
    }

    private static string Meant(string? nearest, Wording say) =>
        nearest is null ? "" : say[$" Did you mean {nearest}?", $"您是否想用 {nearest}？"];

    private static string Missing(string argument, Wording say) => say[$"{argument} is missing.", $"缺少 {argument}。"];

    private static string Name(OptionResult option) => option.IdentifierToken?.Value ?? option.Option.Name;
}
