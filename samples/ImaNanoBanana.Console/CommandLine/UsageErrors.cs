using System.CommandLine;
using System.CommandLine.Parsing;
using ImaNanoBanana.Cli.Output;

namespace ImaNanoBanana.Cli.CommandLine;

/// <summary>
/// Describes the errors of a command line in the user's language. Uses the parser's own message for errors that it has no text for.
/// </summary>
internal static class UsageErrors
{
    /// <returns>The errors; empty if the command can run.</returns>
    public static IReadOnlyList<string> Find(ParseResult parsed, Wording say) => Swallowed(parsed, say).ToList() is { Count: > 0 } swallowed
        ? swallowed
        : [.. parsed.Errors.Select(error => Text(error, parsed, say)).Distinct()];

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

    private static string Text(ParseError error, ParseResult parsed, Wording say) => error.SymbolResult switch
    {
        CommandResult when parsed.UnmatchedTokens.Count > 0 =>
            say[
                $"Unrecognized: {string.Join(' ', parsed.UnmatchedTokens)}", $"无法识别：{string.Join(' ', parsed.UnmatchedTokens)}"],
        CommandResult command when command.Command.Arguments.FirstOrDefault(
            argument => argument.Arity.MinimumNumberOfValues > 0) is { } argument
            && error.Message.StartsWith("Required argument missing", StringComparison.Ordinal) => Missing(argument.Name, say),
        ArgumentResult { Tokens.Count: 0 } argument => Missing(argument.Argument.Name, say),
        OptionResult { Tokens.Count: 0 } option when option.Option.Arity.MinimumNumberOfValues > 0 =>
            say[$"{Name(option)} requires a value.", $"{Name(option)} 缺少值。"],
        OptionResult option when error.Message.StartsWith("Cannot parse argument", StringComparison.Ordinal)
            || error.Message.StartsWith("Argument '", StringComparison.Ordinal) => say[
                $"'{option.Tokens[^1].Value}' is not valid for {Name(option)} {option.Option.HelpName} ({option.Option.Description}).",
                $"“{option.Tokens[^1].Value}”不是 {Name(option)} {option.Option.HelpName} 的有效值（{option.Option.Description}）。"],
        OptionResult { Tokens.Count: > 1 } option when option.Option.Arity.MaximumNumberOfValues == 1 =>
            say[$"{Name(option)} can be given only once.", $"{Name(option)} 只能指定一次。"],
        _ => error.Message,
    };

    private static string Missing(string argument, Wording say) => say[$"{argument} is missing.", $"缺少 {argument}。"];

    private static string Name(OptionResult option) => option.IdentifierToken?.Value ?? option.Option.Name;
}
