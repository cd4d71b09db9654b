using Microsoft.Extensions.AI;

namespace ImaNanoBanana.Tests.ExtensionsAI;

/// <summary>A chat model that answers with what the test has written, one answer for each request, and then with a closing text.</summary>
internal sealed class ScriptedChatClient(params AIContent[] answers) : IChatClient
{
    private int _next;

    /// <summary>The messages of each request.</summary>
    public List<IReadOnlyList<ChatMessage>> Requests { get; } = [];

    public static FunctionCallContent Call(string id, string name, params (string Name, object? Value)[] arguments) =>
        new(id, name, arguments.ToDictionary(argument => argument.Name, argument => argument.Value));

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Requests.Add([.. messages]);
        var content = _next < answers.Length ? answers[_next++] : new TextContent("Done.");
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [content])));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The tests do not stream.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
