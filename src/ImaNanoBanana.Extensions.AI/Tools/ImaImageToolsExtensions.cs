using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Tools;
using Microsoft.Extensions.AI;

namespace ImaNanoBanana;

/// <summary>Provides the client as tools for chat models.</summary>
[Experimental("MEAI001")]
public static class ImaImageToolsExtensions
{
    /// <summary>
    /// Creates four functions that a chat model can call through <c>UseFunctionInvocation</c>: <c>generate_image</c>,
    /// <c>edit_image</c>, <c>quote_image</c> and <c>get_image_status</c>. The first two are charged. They use the id of the model's
    /// call as idempotency key, so that a call that is invoked again returns the existing images and is not charged again.
    /// </summary>
    /// <param name="client">The client. It still belongs to the caller.</param>
    /// <param name="options">The settings; null for the defaults, with which the app must approve each charged call.</param>
    /// <returns>
    /// The functions, thread-safe. Each returns JSON: the URLs of the images, the task's id and its price in credits, or an error
    /// with its reason, a suggestion and whether credits were spent. An <see cref="ImaException"/> becomes such an error;
    /// <see cref="OperationCanceledException"/> is thrown.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is null.</exception>
    public static IReadOnlyList<AIFunction> AsImageTools(this IImaImageClient client, ImageToolOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        options ??= new ImageToolOptions();
        var calls = new ImageToolCalls(client, options);
        return
        [
            Charged(new ImageTool(ToolDefinition.Generate, calls.GenerateAsync, options.Language)),
            Charged(new ImageTool(ToolDefinition.Edit, calls.EditAsync, options.Language)),
            new ImageTool(ToolDefinition.Quote, calls.QuoteAsync, options.Language),
            new ImageTool(ToolDefinition.Status, calls.GetStatusAsync, options.Language),
        ];

        AIFunction Charged(AIFunction tool) => options.RequireApproval ? new ApprovalRequiredAIFunction(tool) : tool;
    }
}
