exports.Tables = Object.freeze({ PEOPLE: 'people', PETS: 'pets' });
