exports.Timestamps = (Class) =>
  class extends Class {
    $beforeInsert() {
      this.createdAt = new Date();
    }
  };
