using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ImaNanoBanana.Mcp.Answers;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>
/// Reads the arguments of a call by the tool's schema. The error names the argument that cannot be read. Nothing is submitted then. Pure.
/// </summary>
internal static class ArgumentReader
{
    /// <exception cref="ToolException">An argument is unknown, missing or of the wrong type.</exception>
    public static T Read<T>(IEnumerable<KeyValuePair<string, JsonElement>>? arguments, JsonTypeInfo<T> type, Wording say)
    {
        var given = new JsonObject();
        foreach (var (name, value) in arguments ?? [])
        {
            if (type.Properties.All(property => property.Name != name))
            {
                var known = type.Properties.Select(property => property.Name).ToList();
                throw Refused(name, say[
                    $"Unknown argument \"{Echo.Value(name)}\". Available: {string.Join(", ", known)}.",
                    $"没有参数“{Echo.Value(name)}”。可用参数：{string.Join("、", known)}。"], say);
            }

            if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Null))
            {
                // The JSON reader would accept null as a string.
                throw Unexpected(name, JsonArray.Create(value), type, say);
            }

            if (value.ValueKind != JsonValueKind.Null)
            {
                given[name] = ArgumentValue.Read(value, type.Properties.First(property => property.Name == name).PropertyType);
            }
        }

        if (type.Properties.FirstOrDefault(property => property.IsRequired && !given.ContainsKey(property.Name)) is { } missing)
        {
            throw Refused(missing.Name, say[$"The argument \"{missing.Name}\" is missing.", $"缺少参数“{missing.Name}”。"], say);
        }

        try
        {
            return given.Deserialize(type)!;
        }
        catch (InvalidOperationException)
        {
            throw Refused("", say["An argument contains an incomplete Unicode character.", "参数中包含不完整的字符。"], say);
        }
        catch (JsonException exception)
        {
            var name = exception.Path?.TrimStart('$', '.').Split('[')[0].Split('.')[0] ?? "";
            throw Unexpected(name, given[name], type, say);
        }
    }

    private static ToolException Unexpected(string name, JsonNode? given, JsonTypeInfo type, Wording say)
    {
        var expected = Expected(type.Properties.FirstOrDefault(property => property.Name == name)?.PropertyType, say);
        return Refused(name, say[
            $"The argument \"{name}\" is {Echo.Value(given?.ToJsonString())}; expected {expected}.",
            $"参数“{name}”的值为 {Echo.Value(given?.ToJsonString())}；应为{expected}。"], say);
    }

    private static string Expected(Type? type, Wording say)
    {
        if (type == typeof(int?))
        {
            return say["an integer", "整数"];
        }

        if (type == typeof(decimal?))
        {
            return say["a number", "数字"];
        }

        if (type == typeof(IReadOnlyList<string>))
        {
            return say["a list of strings", "字符串列表"];
        }

        return say["a string", "字符串"];
    }

    private static ToolException Refused(string name, string reason, Wording say) => new(new ErrorFacts
    {
        Kind = nameof(ImaErrorKind.InvalidRequest),
        Reason = reason,
        Suggestion = say["Correct the argument and call again. Nothing was submitted.", "请更正参数后重新调用。未提交请求。"],
        CreditsSpent = CreditsSpent.No,
        Retry = RetryWord.Never,
        Parameter = name,
    });
}
