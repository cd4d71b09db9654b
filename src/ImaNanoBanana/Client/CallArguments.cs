using ImaNanoBanana.Catalog;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Client;

/// <summary>Checks the arguments of calls before anything else happens.</summary>
internal static class CallArguments
{
    /// <param name="request">The request.</param>
    /// <param name="scope">The models that it may name.</param>
    /// <exception cref="ArgumentNullException">The request is null.</exception>
    /// <exception cref="ImaException">The request is not valid, regardless of the product list.</exception>
    public static void Check(ImageRequest request, ModelScope scope)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            ImagePlanner.Check(request, scope);
        }
        catch (ImaException exception)
        {
            exception.Belong(request.IdempotencyKey);
            throw;
        }
    }

    /// <returns>The task. If the id is the text of a handle, the task from that handle.</returns>
    /// <exception cref="ArgumentNullException">The task is null.</exception>
    /// <exception cref="ImaException">The task has no id.</exception>
    public static ImageTask Check(ImageTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (string.IsNullOrWhiteSpace(task.Id))
        {
            throw new ImaException(ImaErrorKind.InvalidRequest, "The task has no id. Use the id of a submitted task. Nothing was sent.")
            {
                ParameterName = "id",
            };
        }

        return ImageTask.TryFromHandle(task.Id, out var whole) ? whole : task;
    }
}
