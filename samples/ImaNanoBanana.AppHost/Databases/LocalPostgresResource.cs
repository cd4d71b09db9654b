namespace ImaNanoBanana.AppHost.Databases;

/// <summary>One database of a <see cref="LocalCluster"/>, with the server as its process.</summary>
internal sealed class LocalPostgresResource(string name, LocalCluster cluster, string database)
    : ExecutableResource(name, cluster.Command, "/"), IResourceWithConnectionString
{
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{cluster.ConnectionString(database)}");
}
