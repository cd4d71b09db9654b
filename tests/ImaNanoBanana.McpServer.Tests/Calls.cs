using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.McpServer.Tests;

/// <summary>Makes calls as an agent makes them.</summary>
internal static class Calls
{
    public static Task<CallToolResult> GenerateAsync(this McpClient client, string prompt, object? more = null) =>
        client.CallAsync("generate_image", JsonSerializer.SerializeToElement(more ?? new { }), ("prompt", prompt));

    public static Task<CallToolResult> TaskAsync(this McpClient client, string? handle = null) =>
        handle is null ? client.CallAsync("get_image_task", null) : client.CallAsync("get_image_task", null, ("handle", handle));

    /// <summary>Submits, and asks until the task has an id, without waiting for the image.</summary>
    public static async Task<CallToolResult> SubmitAsync(this McpClient client, string prompt)
    {
        var result = await client.GenerateAsync(prompt, new { wait_seconds = 0 });
        while (result.Word("task_id") is null)
        {
            result = await client.CallAsync("get_image_task", null, ("handle", result.Word("handle")), ("wait_seconds", 0));
        }

        return result;
    }

    public static async Task<CallToolResult> CallAsync(
        this McpClient client, string tool, JsonElement? more, params (string Name, object? Value)[] arguments)
    {
        var all = arguments.ToDictionary(argument => argument.Name, argument => argument.Value);
        foreach (var property in more?.EnumerateObject() ?? default)
        {
            all[property.Name] = property.Value.Clone();
        }

        return await client.CallToolAsync(tool, all, cancellationToken: TestContext.Current.CancellationToken);
    }

    public static string Text(this CallToolResult result) => result.Content.OfType<TextContentBlock>().First().Text;

    /// <summary>The handle that a text tells a model to pass.</summary>
    public static string HandleIn(string text) => text.Split("with handle \"")[1].Split('"')[0];

    public static JsonElement Json(this CallToolResult result) => result.StructuredContent!.Value;

    public static string? Word(this CallToolResult result, params string[] path)
    {
        var value = result.Json();
        foreach (var name in path)
        {
            if (!value.TryGetProperty(name, out value))
            {
                return null;
            }
        }

        return value.ToString();
    }
}
